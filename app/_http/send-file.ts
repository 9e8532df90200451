import { z } from "zod";
import type { Context } from "@/lib/core/context";
import { anonymousContext, readVisitor, requireAccess } from "./current-context";
import { parseInput } from "./field-errors";
import type { Schema } from "./look-inside";
import { problemResponse, toAppError } from "./problem";
import { readTextValues } from "./read-text-values";
import { snakeCase } from "./wire-case";

interface SentFile {
  /** Of letters that need no quoting. */
  name: string;
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

interface FileDefinition<Q extends z.ZodType & Schema> {
  query: Q;
  useCase: (ctx: Context, input: { id: string; query: z.output<Q> }) => Promise<SentFile>;
}

const row = z.strictObject({ id: z.string().max(64) });

type FileRoute = (request: Request, path: { params: Promise<{ id: string }> }) => Promise<Response>;

/** A door that hands out a file of the row its path names; the browser keeps it under its own name. */
export function sendFile<Q extends z.ZodType & Schema>({ query, useCase }: FileDefinition<Q>): FileRoute {
  return async (request, path) => {
    const anonymous = anonymousContext(request.headers);
    try {
      const visitor = await readVisitor(anonymous, request.headers);
      requireAccess(visitor, "signed-in");
      const search = new URLSearchParams(
        [...new URL(request.url).searchParams].map(([name, value]) => [snakeCase(name), value]),
      );
      const asked = parseInput(query, readTextValues(query, search, snakeCase));
      const { id } = parseInput(row, { value: await path.params, unknown: [] });
      return toResponse(await useCase(visitor.ctx, { id, query: asked }), anonymous.requestId);
    } catch (error) {
      return problemResponse(toAppError(error, anonymous.requestId), anonymous.requestId, query);
    }
  };
}

function toResponse({ name, mediaType, bytes }: SentFile, requestId: string): Response {
  return new Response(bytes, {
    headers: {
      "content-type": mediaType,
      "content-length": String(bytes.byteLength),
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "x-request-id": requestId,
    },
  });
}
