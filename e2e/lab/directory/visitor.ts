import { Agent, fetch } from "undici";

/** Somebody with a browser that keeps cookies and fills in forms, as far as these servers need one. */
export interface Visitor {
  /** Follows redirects while they stay on the lab's servers. */
  open(url: string): Promise<Page>;
  /** Sends the page's only form, with these fields besides those it holds. */
  submit(page: Page, fields: Record<string, string>): Promise<Page>;
}

export interface Page {
  /** Where it was found; an address elsewhere is not asked, and the page is empty. */
  url: string;
  status: number;
  html: string;
}

interface Step {
  url: string;
  body?: URLSearchParams;
}

export function openVisitor(caCertificate: string): Visitor {
  const dispatcher = new Agent({ connect: { ca: caCertificate } });
  const cookies = new Map<string, string>();
  const visit = async (step: Step): Promise<Page> => {
    const { url, body } = step;
    if (!url.startsWith("https://127.0.0.1:")) return { url, status: 0, html: "" };
    const response = await fetch(url, {
      dispatcher,
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(body && { method: "POST", body }),
    });
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line);
    const next = response.headers.get("location");
    if (next !== null) return visit({ url: new URL(next, url).href });
    return { url, status: response.status, html: await response.text() };
  };
  return {
    open: (url) => visit({ url }),
    submit: (page, fields) => {
      const { action, hidden } = readForm(page);
      const body = new URLSearchParams({ ...hidden, ...fields });
      return visit({ url: action, body });
    },
  };
}

/** The form's address and the fields that nobody types. */
export function readForm({ url, html }: Page): { action: string; hidden: Record<string, string> } {
  const action = /<form[^>]* action="([^"]*)"/.exec(html)?.[1];
  if (action === undefined) throw new Error(`${url} shows no form: ${html}`);
  const inputs = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const hidden = Object.fromEntries(inputs.map(([, name = "", value = ""]) => [name, readMarkup(value)]));
  return { action: new URL(readMarkup(action), url).href, hidden };
}

function readMarkup(text: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (whole, name: string) => entities[name] ?? whole);
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = ""] = line.split(";");
  const [name = "", ...value] = pair.split("=");
  if (/expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name);
  else cookies.set(name, value.join("="));
}
