const keyName =
  /^(?:sig|signature|key|pwd|auth|se|sp|sv|sr|x-(?:amz|goog|ms)-.*|.*(?:token|secret|password|credential|signature|access-?key|api-?key|key-?id).*)$/i;

/** An image's address without what lets its bearer in; an address without such a thing stays word for word. */
export function removeUrlKeys(address: string): string {
  const cut = address.indexOf("?");
  if (cut === -1) return address;
  const parameters = address.slice(cut + 1).split("&");
  const kept = parameters.filter((parameter) => !keyName.test(nameOf(parameter)));
  if (kept.length === parameters.length) return address;
  return kept.length === 0 ? address.slice(0, cut) : `${address.slice(0, cut)}?${kept.join("&")}`;
}

function nameOf(parameter: string): string {
  const [name = ""] = new URLSearchParams(parameter).keys();
  return name;
}
