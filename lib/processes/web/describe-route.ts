const identifier = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
const templatesMax = 300;
const known = new Set<string>();

/** A path without what differs from one thing to the next, so that the metrics stay few. */
export function describeRoute(path: string): string {
  const [pathname = "/"] = path.split("?", 1);
  if (pathname.startsWith("/_next/")) return "/_next";
  // The rest of the path is somebody's secret.
  if (pathname.startsWith("/api/calendar/")) return "/api/calendar/[feed]";
  const template = pathname
    .split("/")
    .map((part) => (identifier.test(part) ? "[id]" : part))
    .join("/");
  // Whoever asks for invented paths shall not fill the memory.
  if (!known.has(template) && known.size >= templatesMax) return "other";
  known.add(template);
  return template;
}
