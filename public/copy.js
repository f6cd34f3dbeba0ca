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
    await navigator.clipboard.writeText(text.textContent.trim())
    said.textContent = " Copied"
  })
  text.after(button, said)
}
