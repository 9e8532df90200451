/** Brings a field of the form into view and gives it the focus; false while it is not drawn. */
export function focusField(field: string): boolean {
  const name = CSS.escape(field);
  const found = document.querySelector<HTMLElement>(`[name="${name}"], [data-field="${name}"]`);
  if (found === null) return false;
  found.scrollIntoView({ block: "center" });
  const inner = found.matches("input, select, textarea")
    ? found
    : (found.querySelector<HTMLElement>("input, select, textarea") ?? found);
  inner.focus({ preventScroll: true });
  return true;
}
