/** Other spellings of a path, of which none may lead behind what the plain one stops at. */
export function spellPath(path: string): string[] {
  const spellings = [spellParts, detour, append, ask, respell].flatMap((spell) => spell(path));
  return spellings.filter((spelling) => spelling !== path);
}

function splitPath(path: string) {
  const [first = "", ...rest] = path.split("/").slice(1);
  return { first, rest, tail: rest.length > 0 ? `/${rest.join("/")}` : "" };
}

function encodeLetters(text: string): string {
  return [...text]
    .map((letter) => (/[a-z]/i.test(letter) ? `%${letter.charCodeAt(0).toString(16)}` : letter))
    .join("");
}

function spellParts(path: string): string[] {
  const { first, tail } = splitPath(path);
  return [
    `/${first.toUpperCase()}${tail}`,
    `/${first.charAt(0).toUpperCase()}${first.slice(1)}${tail}`,
    `/${encodeLetters(first)}${tail}`,
    `/%${first.charCodeAt(0).toString(16)}${first.slice(1)}${tail}`,
    `/%25${first.charCodeAt(0).toString(16)}${first.slice(1)}${tail}`,
    `/${path}`,
    `//${path}`,
    `/./${path.slice(1)}`,
    `/%2e/${path.slice(1)}`,
  ];
}

/** By way of what anybody may reach. */
function detour(path: string): string[] {
  return [
    `/x/..${path}`,
    `/x/%2e%2e${path}`,
    `/x/%2E%2E${path}`,
    `/x/..%2f${path.slice(1)}`,
    `/x%2f..${path}`,
    `/x/.%2e${path}`,
    `/x/..;${path}`,
    `/login/..${path}`,
    `/login/%2e%2e${path}`,
    `/login/..%5c${path.slice(1)}`,
    `/api/..${path}`,
    `/api/%2e%2e${path}`,
    `/api/v1/..%2f..${path}`,
    `/api/v1/../..${path}`,
    `/api/v1/%2e%2e/%2e%2e${path}`,
    `/api/health/live/../../..${path}`,
    `/api/health/live/..;/..;/..${path}`,
    `/_next/..${path}`,
    `/_next/static/../..${path}`,
    `/_next/static/%2e%2e/%2e%2e${path}`,
    `/_next/data/build${path}.json`,
    `/_next/data/build${path}.json?x=1`,
    `/_next/image?url=${encodeURIComponent(path)}&w=64&q=75`,
    `/_next/image?url=%2F${encodeURIComponent(path)}&w=64&q=75`,
  ];
}

function append(path: string): string[] {
  const { first, tail } = splitPath(path);
  return [
    `${path}.rsc`,
    `${path}.txt`,
    `${path}.json`,
    `${path}.segments/_tree.segment.rsc`,
    `${path}.segments/_full.segment.rsc`,
    `${path}.prefetch.rsc`,
    `${path}.action`,
    `${path}/`,
    `${path}//`,
    `${path}/.`,
    `${path}/x/..`,
    `${path}/%2e`,
    `${path}.`,
    `${path}...`,
    `${path}%20`,
    `${path}%09`,
    `${path}%00`,
    `${path}%0a`,
    `${path}%23`,
    `${path}%3f`,
    `${path};`,
    `${path};session_id=x`,
    `${path};/login`,
    `/${first};x=1${tail}`,
  ];
}

function ask(path: string): string[] {
  return [
    `${path}?`,
    `${path}??`,
    `${path}?_rsc=1`,
    `${path}?_rsc=1&rsc=1`,
    `${path}?__nextLocale=en`,
    `${path}?__nextDataReq=1`,
    `${path}?nxtPid=1`,
    `${path}?__flight__=1`,
    `${path}?amp=1`,
    `${path}?token=x&access_token=x`,
    `${path}?session_id=x`,
    `${path}?x-middleware-subrequest=middleware`,
    `${path}?_method=GET`,
    `${path}#/login`,
  ];
}

function respell(path: string): string[] {
  const { first, rest, tail } = splitPath(path);
  return [
    `\\${path.slice(1)}`,
    `/\\${path.slice(1)}`,
    `/${first}\\${rest.join("\\")}`,
    `/${first}%5c${rest.join("%5c")}`,
    `/${first}%2f${rest.join("%2f")}`,
    `/en${path}`,
    `/zh-CN${path}`,
    `/(portal)${path}`,
    `/%28portal%29${path}`,
    `/app${path}/page`,
    `${path}/page`,
    `${path}/route`,
    `${path}/layout`,
    `/${first}%c0%af${rest.join("%c0%af")}`,
    `/${first}%ef%bc%8f${rest.join("%ef%bc%8f")}`,
    `/%ef%bd%93${first.slice(1)}${tail}`,
    `http://evil.example${path}`,
    `http://localhost${path}`,
    `//evil.example${path}`,
    `//evil.example//${path}`,
  ];
}
