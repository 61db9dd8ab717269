// The form of ‘verify’: a file can be dropped anywhere on it, and whoever waits is told so.
"use strict";
const form = document.getElementById("verify");
const file = document.getElementById("file");
const working = document.getElementById("working");
const holdsFile = (event) => [...event.dataTransfer.types].includes("Files");

form.addEventListener("dragover", (event) => {
  if (!holdsFile(event)) return;
  event.preventDefault();
  form.classList.add("over");
});
form.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) form.classList.remove("over");
});
form.addEventListener("drop", (event) => {
  if (!holdsFile(event)) return;
  event.preventDefault();
  form.classList.remove("over");
  const one = new DataTransfer();
  one.items.add(event.dataTransfer.files[0]);
  file.files = one.files;
  working.textContent = `${one.files[0].name} is ready to be verified.`;
});
form.addEventListener("submit", () => {
  form.querySelector("button").disabled = true;
  working.textContent = "Reading the draft and holding it against the record…";
});
// A browser that goes back shows the page as it was left.
addEventListener("pageshow", () => {
  form.querySelector("button").disabled = false;
  working.textContent = "";
});
