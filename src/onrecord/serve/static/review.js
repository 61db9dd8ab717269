/* Judging by keyboard, and words selected in the article put into the form. All of it also works without: buttons
   are buttons, links are links, and words can be typed.

   An element with data-key="a" is pressed by the key A, unless somebody types, holds another key, or switched
   the keys off. window.onrecordText (article.js) says where selected words stand. */
(function () {
  "use strict";
  var STORED = "onrecord.shortcuts", HIGHLIGHT = "onrecord-picked";
  var picked = null, known = new WeakMap();

  /* Keys */
  function areKeysOn() {
    try { return localStorage.getItem(STORED) !== "off"; } catch (error) { return true; }
  }
  function showKeys() {
    document.documentElement.classList.toggle("keys", areKeysOn());
    document.querySelectorAll("[data-shortcuts]").forEach(function (box) {
      box.checked = areKeysOn();
      box.closest("label").hidden = false;
    });
  }
  function isTyping(target) {
    return target instanceof Element && target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  }
  function isBusy(event) {
    return event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat || event.isComposing || event.defaultPrevented;
  }
  function press(target) {
    if (target.tagName !== "SUMMARY") { target.click(); return; }
    target.parentElement.open = true;
    target.parentElement.querySelector("select, textarea, input:not([type=hidden])").focus();
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && picked) { event.preventDefault(); drop(); return; }
    if (!areKeysOn() || isBusy(event) || isTyping(event.target) || !/^[a-z]$/.test(event.key)) { return; }
    var target = document.querySelector('[data-key="' + event.key + '"]');
    if (target) {
      event.preventDefault();
      press(target);
    }
  }, true);
  document.addEventListener("change", function (event) {
    if (!event.target.matches("[data-shortcuts]")) { return; }
    try { localStorage.setItem(STORED, event.target.checked ? "on" : "off"); } catch (error) { /* kept for this page */ }
    showKeys();
  });

  /* One's name is asked for once on a page, and goes with whichever form is sent. */
  function takeName(form) {
    var name = document.querySelector(".verdict .who input");
    if (!name || form.method !== "post" || !form.matches(".fields, .split") || form.elements.by) { return true; }
    if (!name.reportValidity()) { return false; }
    var taken = document.createElement("input");
    taken.type = "hidden";
    taken.name = "by";
    taken.value = name.value;
    form.append(taken);
    return true;
  }
  /* A form that was sent is not sent again while it is on its way. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent || !takeName(form)) { event.preventDefault(); return; }
    if (form.method === "post") { form.dataset.sent = "yes"; }
  });
  addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  /* The pieces of a field: their words and bounds, as the record has them and as they were selected */
  function fold(words) { return words.split(/\s+/).filter(Boolean).join(" "); }
  function linesOf(area) { return area.value.split("\n").map(fold).filter(Boolean); }
  function piecesOf(area) {
    if (!known.has(area)) {
      var bounds = (area.dataset.bounds || "").split(",").filter(Boolean);
      var lines = area.defaultValue.split("\n").map(fold).filter(Boolean);
      known.set(area, lines.length === bounds.length ? lines.map(function (words, n) {
        return { words: words, start: Number(bounds[n].split(":")[0]), end: Number(bounds[n].split(":")[1]) };
      }) : []);
    }
    return known.get(area);
  }
  /* The pieces that stand in the field now; null where it holds other words, which the server looks for. */
  function standing(area) {
    var left = piecesOf(area).slice(), found = [];
    var all = linesOf(area).every(function (words) {
      var at = left.findIndex(function (piece) { return piece.words === words; });
      if (at >= 0) { found.push(left.splice(at, 1)[0]); }
      return at >= 0;
    });
    return all ? found : null;
  }
  function hiddenOf(field) {
    return field.form.elements[field.name.replace(/_words$/, "") + "_at"];
  }
  function write(area, pieces) {
    pieces.sort(function (one, other) { return one.start - other.start; });
    area.value = pieces.map(function (piece) { return piece.words; }).join("\n");
    area.rows = Math.max(Number(area.rows), Math.min(pieces.length + 1, 8));
    hiddenOf(area).value = pieces.map(function (piece) { return piece.start + ":" + piece.end; }).join(",");
  }
  function useAsSpan(area, piece, isBeside) {
    var pieces = isBeside ? standing(area) || [] : [];
    pieces = pieces.filter(function (one) { return one.end <= piece.start || piece.end <= one.start; });
    piecesOf(area).push(piece);
    write(area, pieces.concat([piece]));
  }
  function useAsSpeaker(field, piece) {
    field.value = piece.words;
    hiddenOf(field).value = piece.start + ":" + piece.end;
  }
  document.addEventListener("input", function (event) {
    var field = event.target;
    if (!field.form || !field.form.matches(".fields")) { return; }
    if (field.matches("[data-bounds]")) {
      var pieces = standing(field);
      hiddenOf(field).value = pieces ? pieces.map(function (p) { return p.start + ":" + p.end; }).join(",") : "";
    } else if (field.name === "speaker_words") {
      hiddenOf(field).value = "";
    } else if (field.name === "speaker") {
      field.form.elements.speaker_words.value = field.form.elements.speaker_at.value = "";
    }
  });

  /* What is selected */
  function pickerOf() { return document.querySelector(".picker"); }
  function drop() {
    picked = null;
    if (pickerOf()) { pickerOf().hidden = true; }
    if (window.CSS && CSS.highlights) { CSS.highlights.delete(HIGHLIGHT); }
  }
  function look() {
    var picker = pickerOf(), selection = document.getSelection(), text = window.onrecordText;
    if (!picker || !text || !selection.rangeCount || selection.isCollapsed) { return; }
    var range = selection.getRangeAt(0), span = text.spanOf(range);
    if (!span) { return; }
    picked = { words: fold(span.words), start: span.start, end: span.end };
    picker.querySelector(".picked").textContent = picked.words;
    picker.hidden = false;
    if (window.CSS && CSS.highlights) { CSS.highlights.set(HIGHLIGHT, new Highlight(range.cloneRange())); }
  }
  var waiting = 0;
  document.addEventListener("selectionchange", function () {
    clearTimeout(waiting);
    waiting = setTimeout(look, 120);
  });
  document.addEventListener("mousedown", function (event) {
    // A button that takes the focus would take the selection with it.
    if (event.target.closest && event.target.closest(".picker button")) { event.preventDefault(); }
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-use]");
    if (!button || !picked) { return; }
    var section = button.closest(".judging"), form = section.querySelector(".fields"), use = button.dataset.use;
    section.querySelector(".correct").open = true;
    var field = form.elements[use === "speaker" ? "speaker_words" : use];
    if (use === "speaker") { useAsSpeaker(field, picked); }
    else { useAsSpan(field, picked, section.querySelector("[data-beside]").checked); }
    field.classList.add("chosen");
    document.getSelection().removeAllRanges();
    drop();
    field.focus();
  });
  document.addEventListener("onrecord:panel", function () { drop(); showKeys(); });

  showKeys();
  var note = document.getElementById("done");
  if (note) { note.focus({ preventScroll: true }); }
})();
