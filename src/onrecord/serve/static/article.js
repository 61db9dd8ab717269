/* The article in the reading room. Everything here also works without: labels are links, Back is Back.

   THE TEXT AND ITS OFFSETS. All text of the article stands in elements with data-at="N": N is where the
   element's text begins in article.text, in code points (not UTF-16 units). Inside such an element every
   character of the DOM is one character of article.text, in order: a hidden character is one sign, or the
   character itself in an isolate, and the names of these signs (⟨RLO⟩) are drawn by CSS. Labels (.ref) are
   not text of the article: they are not counted and cannot be selected.

   window.onrecordText = {
     root                   the element that holds the text, #text; null where there is none
     offsetOf(node, offset) a point of the DOM as a code-point offset of article.text. A point between two
                            elements is where the next begins. null where it is outside the text
     spanOf(range)          { start, end, words } of a Range, white space at both ends left out (start_char
                            and end_char of a Span); null where it holds no word of the text
   }
   When another statement is put into the panel, or the panel is closed, the document gets the event
   "onrecord:panel", with detail { statement: its id, or null; panel: the element #statement }. */
(function () {
  "use strict";
  var root = document.getElementById("text");

  function isText(node) {
    return !node.parentElement.closest(".ref");
  }
  function countPoints(words) {
    // A half of a surrogate pair at the end is not yet a character.
    var last = words.charCodeAt(words.length - 1);
    return Array.from(words).length - (last >= 0xd800 && last <= 0xdbff ? 1 : 0);
  }
  function partAround(node) {
    var element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    var part = element && element.closest("[data-at]");
    return part && root && root.contains(part) ? part : null;
  }
  /* The texts of a part, each with the length of it that stands before a point (all of it without one). */
  function textsOf(part, point) {
    var walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), found = [], node;
    while ((node = walker.nextNode())) {
      if (!isText(node)) { continue; }
      if (point && node === point.endContainer) {
        found.push(node.data.slice(0, point.endOffset));
        break;
      }
      if (point && point.comparePoint(node, 0) > 0) { break; }
      found.push(node.data);
    }
    return found.join("");
  }
  function startOf(part) { return Number(part.dataset.at); }
  function endOf(part) { return startOf(part) + countPoints(textsOf(part)); }
  function pointAt(node, offset) {
    var range = document.createRange();
    range.setStart(root, 0);
    range.setEnd(node, offset);
    return range;
  }
  function inside(part, node, offset) {
    return startOf(part) + countPoints(textsOf(part, pointAt(node, offset)));
  }
  /* The last part that begins before a point, and the one after it. */
  function partsBeside(node, offset) {
    var parts = root.querySelectorAll("[data-at]"), point = pointAt(node, offset), low = 0, high = parts.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (point.comparePoint(parts[middle], 0) > 0) { high = middle; } else { low = middle + 1; }
    }
    return [parts[low - 1] || null, parts[low] || null];
  }
  function offsetOf(node, offset) {
    if (!root || !root.contains(node)) { return null; }
    var part = partAround(node);
    if (part) { return inside(part, node, offset); }
    var beside = partsBeside(node, offset);
    return beside[1] ? startOf(beside[1]) : beside[0] ? endOf(beside[0]) : null;
  }
  /* As offsetOf, but a point between two parts is where the one before ends. */
  function endOffsetOf(node, offset) {
    var part = partAround(node), end = part && inside(part, node, offset);
    if (part && end > startOf(part)) { return end; }
    var before = part
      ? partsBeside(part.parentNode, Array.prototype.indexOf.call(part.parentNode.childNodes, part))[0]
      : partsBeside(node, offset)[0];
    return before ? endOf(before) : end;
  }
  /* The range cut to the text; null where it holds nothing of it. */
  function withinText(range) {
    if (!root || !range.intersectsNode(root)) { return null; }
    var whole = document.createRange(), cut = range.cloneRange();
    whole.selectNodeContents(root);
    if (cut.compareBoundaryPoints(Range.START_TO_START, whole) < 0) {
      cut.setStart(whole.startContainer, whole.startOffset);
    }
    if (cut.compareBoundaryPoints(Range.END_TO_END, whole) > 0) {
      cut.setEnd(whole.endContainer, whole.endOffset);
    }
    return cut;
  }
  function wordsOf(range) {
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), words = "", node, block = null;
    while ((node = walker.nextNode())) {
      if (!range.intersectsNode(node) || !isText(node) || !partAround(node)) { continue; }
      var from = node === range.startContainer ? range.startOffset : 0;
      var piece = node.data.slice(from, node === range.endContainer ? range.endOffset : undefined);
      if (piece.trim()) {
        // A paragraph begins a word, though no character of the DOM parts it from the one before.
        if (words.trim() && block !== node.parentElement.closest(".block")) { words += " "; }
        block = node.parentElement.closest(".block");
      }
      words += piece;
    }
    return words;
  }
  function spanOf(range) {
    var cut = withinText(range);
    if (!cut) { return null; }
    var words = wordsOf(cut), trimmed = words.trim();
    if (!trimmed) { return null; }
    var start = offsetOf(cut.startContainer, cut.startOffset);
    var end = endOffsetOf(cut.endContainer, cut.endOffset);
    return {
      start: start + words.length - words.trimStart().length,
      end: end - (words.length - words.trimEnd().length),
      words: trimmed,
    };
  }
  window.onrecordText = { root: root, offsetOf: offsetOf, spanOf: spanOf };
})();

/* The panel: a statement is opened beside the text without leaving the page. */
(function () {
  "use strict";
  var reading = document.querySelector(".reading"), panel = document.getElementById("panel");
  if (!reading || !panel || !window.history.pushState) { return; }
  var text = document.getElementById("text"), side = document.getElementById("side"), path = reading.dataset.path;
  var asked = 0;
  document.documentElement.classList.add("js");

  function chosen() { return document.getElementById("statement"); }
  function wantedIn(address) {
    var url = new URL(address, location.href);
    return url.origin === location.origin && url.pathname === path ? url.searchParams.get("statement") : null;
  }
  function light(number) {
    text.querySelectorAll(".on").forEach(function (part) { part.classList.remove("on"); });
    if (!number) { return; }
    text.querySelectorAll('[data-s~="' + number + '"]').forEach(function (part) { part.classList.add("on"); });
  }
  function isSeen(element) {
    var box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= window.innerHeight;
  }
  function tellChange() {
    var now = chosen(), detail = { statement: now ? now.dataset.statement : null, panel: now };
    reading.classList.toggle("chosen", Boolean(now));
    light(now && now.dataset.number);
    document.dispatchEvent(new CustomEvent("onrecord:panel", { detail: detail }));
  }
  function isBeside() { return side.getBoundingClientRect().left > text.getBoundingClientRect().left + 40; }
  function putIn(fragment) {
    panel.innerHTML = fragment;
    tellChange();
    var now = chosen(), label = document.getElementById("q" + now.dataset.number);
    side.scrollTop = 0;
    if (label && isBeside() && !isSeen(label)) { label.scrollIntoView({ block: "center" }); }
    document.getElementById("statement-name").focus({ preventScroll: isBeside() });
  }
  /* how: "push" is a step that Back undoes, "replace" takes the place of the one before, "" is Back itself. */
  function open(wanted, how) {
    var mine = ++asked, address = path + "?statement=" + encodeURIComponent(wanted);
    fetch(path + "/statements/" + encodeURIComponent(wanted), { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (fragment) {
      if (mine !== asked) { return; }
      if (how) { history[how + "State"]({ inside: true }, "", address); }
      putIn(fragment);
    }).catch(function () { location.assign(address); });
  }
  function close(isBack) {
    var now = chosen();
    if (!now) { return; }
    asked += 1;
    var number = now.dataset.number, label = document.getElementById("q" + number);
    panel.textContent = "";
    tellChange();
    if (!isBack) { history.pushState({ inside: true }, "", path); }
    if (label) { label.focus({ preventScroll: isSeen(label) }); }
  }
  function step(rel) {
    var now = chosen(), link = now && now.querySelector('a[rel="' + rel + '"]');
    if (!now && rel === "next") { link = nextInView(); }
    if (link) { open(wantedIn(link.href), now ? "replace" : "push"); }
  }
  /* The label from which j begins: the first that is in view, or below it. */
  function nextInView() {
    return Array.from(text.querySelectorAll(".ref[id]")).find(function (label) {
      return label.getBoundingClientRect().top > 0;
    });
  }
  /* Rows of times and places are under the list: the list comes back, and the row is unfolded. */
  function showRow(link) {
    var row = document.getElementById(link.hash.slice(1)), fold = row && row.closest("details.fold");
    if (!fold || !fold.closest("#overview")) { return; }
    if (chosen()) { close(false); }
    for (var at = row; at; at = at.parentElement.closest("details")) { at.open = true; }
  }
  function isPlain(event) {
    return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  }
  function areKeysOn() {
    var box = document.querySelector("[data-shortcuts]");
    return Boolean(box && box.checked && !box.closest("label").hidden);
  }
  function isWriting(target) {
    return Boolean(target.closest("input, textarea, select, [contenteditable]"));
  }

  document.addEventListener("click", function (event) {
    if (!isPlain(event) || event.defaultPrevented) { return; }
    var link = event.target.closest("a[href]"), mark = event.target.closest("#text mark[data-s]");
    var wanted = link && wantedIn(link.href);
    if (link && link.closest(".steps .close")) {
      event.preventDefault();
      close(false);
    } else if (wanted && link.getAttribute("href").charAt(0) === "?") {
      event.preventDefault();
      open(wanted, link.rel ? "replace" : "push");
    } else if (link && link.hash === "#statement" && chosen()) {
      document.getElementById("statement-name").focus();
    } else if (link && link.hash && link.getAttribute("href").charAt(0) === "#") {
      showRow(link);
    } else if (!link && mark && String(window.getSelection()) === "") {
      var label = document.getElementById("q" + mark.dataset.s.split(" ")[0]);
      if (label && wantedIn(label.href)) { open(wantedIn(label.href), "push"); }
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.target)) { return; }
    // Letters act while the text or the panel has the focus, and where nothing has it and a switch on the page
    // can turn them off (WCAG 2.2, 2.1.4).
    var within = reading.contains(event.target) || (event.target === document.body && areKeysOn());
    var isNext = (within && event.key === "j") || (chosen() && event.key === "ArrowRight");
    var isBack = (within && event.key === "k") || (chosen() && event.key === "ArrowLeft");
    if (event.key === "Escape" && chosen()) { close(false); }
    else if (isNext) { step("next"); }
    else if (isBack) { step("prev"); }
    else { return; }
    event.preventDefault();
  });
  window.addEventListener("popstate", function () {
    var wanted = wantedIn(location.href), now = chosen();
    if (!wanted) { close(true); return; }
    if (!now || now.dataset.statement.indexOf(wanted.replace("statement-", "")) < 0) { open(wanted, ""); }
  });
  tellChange();
})();
