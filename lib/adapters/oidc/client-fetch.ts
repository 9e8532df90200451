import type { CustomFetch } from "openid-client";
import type { OutsideFetch } from "@/lib/core/outside-fetch";

/** The guarded fetch in the form that openid-client calls. */
export function asClientFetch(fetch: OutsideFetch): CustomFetch {
  return (address, wanted) =>
    fetch(address, {
      method: wanted.method === "POST" ? "POST" : "GET",
      headers: wanted.headers,
      body: wanted.body instanceof URLSearchParams ? wanted.body.toString() : null,
      signal: wanted.signal ?? null,
    });
}
