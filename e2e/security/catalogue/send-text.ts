import { NextRequest } from "next/server";
import { aNewPerson, cookieHeader, newSession } from "../identity/doors/make-people";

export type Handler = (
  request: Request,
  path: { params: Promise<Record<string, string | string[]>> },
) => Promise<Response>;

export interface Letter {
  method: "POST" | "PUT" | "PATCH";
  params?: Record<string, string>;
  query?: string;
  cookie: string;
  /** As it goes over the wire; an object is written as JSON. */
  body: string | object;
  headers?: Record<string, string>;
}

/** Somebody who may do everything, just now confirmed by a second factor. */
export async function anAdministratorsCookie(): Promise<string> {
  const { actor } = await aNewPerson({ role: "role-platform-admin" });
  return (await newSession(actor.id, { mfaAt: new Date() })).cookie;
}

/** Sends a body to a route's handler word for word. */
export async function sendText(handler: Handler, letter: Letter): Promise<Response> {
  const { method, params = {}, query = "", cookie, body, headers = {} } = letter;
  const request = new NextRequest(`http://portal.example/api/v1/x${query}`, {
    method,
    headers: {
      host: "portal.example",
      "content-type": "application/json",
      ...cookieHeader(cookie),
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return handler(request, { params: Promise.resolve(params) });
}
