// Lights up every part of the statement under the pointer or the focus; Escape puts the evidence away.
(function () {
  "use strict";
  function clear() {
    document.querySelectorAll(".on").forEach(function (part) { part.classList.remove("on"); });
  }
  function light(event) {
    var part = event.target.closest && event.target.closest("[data-s]");
    document.body.classList.remove("quiet");
    clear();
    if (!part) { return; }
    var number = part.dataset.s.split(" ")[0];
    document.querySelectorAll('[data-s~="' + number + '"]').forEach(function (same) {
      same.classList.add("on");
    });
  }
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { document.body.classList.add("quiet"); clear(); }
  });
})();
