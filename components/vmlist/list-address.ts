export type Address = Readonly<Record<string, string>>;

/** The list under another search, order or view, from its first page on; null takes a member away. */
export function listHref(address: Address, changes: Record<string, string | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...address, cursor: null, trail: null, ...changes }))
    if (value !== null && value !== "") query.set(name, value);
  return query.size === 0 ? "/vms" : `/vms?${query.toString()}`;
}

/** The members of an address that a link keeps. */
export function addressOf(search: Record<string, string | string[] | undefined>): Address {
  const members = Object.entries(search).flatMap(([name, value]) => {
    const last = [value ?? ""].flat().at(-1) ?? "";
    return last === "" ? [] : [[name, last] as const];
  });
  return Object.fromEntries(members);
}

const filters = ["systemId", "serviceId", "templateId", "namespace", "environment", "status"];

/** What else an address narrows the list to, in the words of the API. */
export function apiFilters(address: Address): [name: string, value: string][] {
  return filters.flatMap((name) => {
    const value = address[name];
    const wireName = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return value === undefined ? [] : [[wireName, value] as [string, string]];
  });
}
