// A button that copies what stands beside it; without it, people select the text.
"use strict"

for (const text of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "quiet"
  button.textContent = "Copy the link"
  const said = document.createElement("span")
  said.setAttribute("role", "status")
  button.addEventListener("click", async () => {
    said.textContent = await navigator.clipboard.writeText(text.textContent.trim()).then(
      () => " Copied",
      () => " The browser does not allow it: select the link and copy it",
    )
  })
  text.after(button, said)
}
