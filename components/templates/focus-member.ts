/** Brings a part of the editor into view and gives it the focus. */
export function focusMember(member: string): void {
  const name = CSS.escape(member);
  const found = document.querySelector<HTMLElement>(`[data-field="${name}"], [name="${name}"]`);
  if (found === null) return;
  found.closest("details")?.setAttribute("open", "");
  found.scrollIntoView({ block: "center" });
  const input = "input:not([type=hidden]), select, textarea, [contenteditable=true]";
  const inner = found.matches(input) ? found : (found.querySelector<HTMLElement>(input) ?? found);
  inner.focus({ preventScroll: true });
}
