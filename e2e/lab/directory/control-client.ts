import type { ChangeClient, ChangePerson, DirectoryControl } from "./control";

/** The lab's controls, for a lab in another process. */
export function directoryControl(url: string): Remote<DirectoryControl> {
  const person = (username: string) => `people/${encodeURIComponent(username)}`;
  return {
    people: () => call(url, "GET", "people"),
    changePerson: (username: string, change: ChangePerson) => call(url, "POST", person(username), change),
    removePerson: (username: string) => call(url, "DELETE", person(username)),
    logOut: (username: string) => call(url, "POST", `${person(username)}/logout`),
    client: () => call(url, "GET", "client"),
    changeClient: (change: ChangeClient) => call(url, "POST", "client", change),
  };
}

/** The same calls, each with a way to wait for. */
type Remote<Control> = {
  [Name in keyof Control]: Control[Name] extends (...words: infer Words) => infer Result
    ? (...words: Words) => Promise<Awaited<Result>>
    : never;
};

async function call<Result>(
  url: string,
  method: string,
  ...[path, body]: [string, unknown?]
): Promise<Result> {
  const response = await fetch(`${url}/control/${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} /control/${path}: ${response.status} ${text}`);
  // The lab answers what its own control returns.
  return JSON.parse(text) as Result;
}
