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
      if (point && point.comparePoint(node, 0) >= 0) { break; }
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
      if (point.comparePoint(parts[middle], 0) >= 0) { high = middle; } else { low = middle + 1; }
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
  function endOffsetOf(node, offset) {
    var part = partAround(node);
    if (part) { return inside(part, node, offset); }
    var before = partsBeside(node, offset)[0];
    return before ? endOf(before) : null;
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
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), words = "", node;
    while ((node = walker.nextNode())) {
      if (!range.intersectsNode(node) || !isText(node) || !partAround(node)) { continue; }
      var from = node === range.startContainer ? range.startOffset : 0;
      words += node.data.slice(from, node === range.endContainer ? range.endOffset : undefined);
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
