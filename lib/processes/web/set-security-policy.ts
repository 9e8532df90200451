import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

interface Front {
  isDevelopment: boolean;
  isSecure: boolean;
}

/** A nonce per page: only scripts this page was made with may run (spec §10). */
export function setSecurityPolicy(request: IncomingMessage, response: ServerResponse, front: Front): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = describePolicy(nonce, request.headers.host ?? "", front);
  // The framework reads the nonce from the request's policy and puts it on its own scripts.
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  response.setHeader("Content-Security-Policy", policy);
  if (front.isSecure) response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

function describePolicy(nonce: string, host: string, { isDevelopment, isSecure }: Front): string {
  // React's development build evaluates text to show server stacks.
  const evaluation = isDevelopment ? " 'unsafe-eval'" : "";
  const sockets = /^[\w.:[\]-]+$/.test(host) ? ` ${isSecure ? "wss" : "ws"}://${host}` : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "worker-src 'self' blob:",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join("; ");
}
