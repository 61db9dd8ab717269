// Bars and places by keyboard: arrows from one to the next, Escape or minus back out, plus closer. Without this every
// bar and place is a link of its own, one Tab after the other.
'use strict';
const drawing = document.querySelector('.bars, .map');
const links = drawing ? [...drawing.querySelectorAll('a')] : [];
const KEPT = 'onrecord-by-keyboard';
const keepOn = () => { try { sessionStorage.setItem(KEPT, '1'); } catch { /* a browser that keeps nothing */ } };
const keptOn = () => {
  try {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    return Boolean(kept);
  } catch { return false; }
};
const follow = key => {
  const found = document.querySelector(`[data-key="${key}"]`);
  if (found) { keepOn(); found.click(); }
  return Boolean(found);
};
const enter = link => {
  links.forEach(other => other.setAttribute('tabindex', other === link ? '0' : '-1'));
  return link;
};
// Places are in the order of their counts: the arrows go by where they are.
const order = drawing && drawing.matches('.map')
  ? [...links].sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left) : links;
const steps = {
  ArrowRight: at => at + 1, ArrowDown: at => at + 1, ArrowLeft: at => at - 1, ArrowUp: at => at - 1,
  Home: () => 0, End: () => order.length - 1,
};

if (links.length) {
  const first = drawing.querySelector('a[aria-current]') || order[0];
  enter(first);
  document.querySelectorAll('.keys').forEach(keys => { keys.hidden = false; });
  // On its frame: Chromium takes a drawing that listens to focus itself for one that can be focused.
  drawing.parentElement.addEventListener('focusin', event => {
    const link = event.target.closest('a');
    if (links.includes(link)) enter(link);
  });
  // Whoever came here by keyboard goes on from there; a browser that goes to #chart takes the focus away from all
  // else, so this comes behind it.
  if (keptOn()) addEventListener('load', () => setTimeout(() => first.focus({ preventScroll: true })));
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
  // Keys that are characters act only on the drawing (WCAG 2.2, 2.1.4).
  const inside = event.target.closest('.scroll');
  const at = order.indexOf(document.activeElement);
  let done = false;
  if (event.key === 'Enter' && at >= 0) keepOn();
  if (inside && at >= 0 && steps[event.key]) {
    const next = order[Math.min(Math.max(steps[event.key](at), 0), order.length - 1)];
    next.focus();
    done = true;
  } else if (inside ? ['-', '−', 'Escape'].includes(event.key) : event.key === 'Escape' && event.target === document.body) {
    done = follow('out');
  } else if (inside && (event.key === '+' || event.key === '=')) {
    done = follow('in');
  }
  if (done) event.preventDefault();
});
