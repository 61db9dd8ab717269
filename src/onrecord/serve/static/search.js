// Search: a button copies the address of the search. Without it the link can be copied as any link.
for (const button of document.querySelectorAll("[data-copy]")) {
  const link = document.getElementById(button.dataset.copy);
  const told = button.parentElement.querySelector("[role=status]");
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      told.textContent = "Copied.";
    } catch {
      told.textContent = "The browser did not let it be copied: copy the link.";
    }
  });
}
