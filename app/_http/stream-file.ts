import type { z } from "zod";
import type { Context } from "@/lib/core/context";
import { anonymousContext, readVisitor, requireAccess } from "./current-context";
import { parseInput } from "./field-errors";
import type { Schema } from "./look-inside";
import { problemResponse, toAppError } from "./problem";
import { readTextValues } from "./read-text-values";
import { snakeCase } from "./wire-case";

interface StreamDefinition<Q extends z.ZodType & Schema> {
  query: Q;
  /** Of letters that need no quoting. */
  name: string;
  mediaType: string;
  useCase: (ctx: Context, query: z.output<Q>) => AsyncGenerator<string>;
}

/** A door that hands out a file of any length as it is made, no faster than it is read. */
export function streamFile<Q extends z.ZodType & Schema>({ query, useCase, ...file }: StreamDefinition<Q>) {
  return async (request: Request): Promise<Response> => {
    const anonymous = anonymousContext(request.headers);
    try {
      const visitor = await readVisitor(anonymous, request.headers);
      requireAccess(visitor, "signed-in");
      const search = new URLSearchParams(
        [...new URL(request.url).searchParams].map(([name, value]) => [snakeCase(name), value]),
      );
      const asked = parseInput(query, readTextValues(query, search, snakeCase));
      const parts = useCase(visitor.ctx, asked);
      // A refusal comes with the first part, while there is still an answer to give.
      const first = await parts.next();
      return toResponse(streamOf(first, parts), { ...file, requestId: anonymous.requestId });
    } catch (error) {
      return problemResponse(toAppError(error, anonymous.requestId), anonymous.requestId, query);
    }
  };
}

function streamOf(first: IteratorResult<string>, parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let held: IteratorResult<string> | null = first;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const part = held ?? (await parts.next());
        held = null;
        if (part.done === true) controller.close();
        else controller.enqueue(encoder.encode(part.value));
      },
      cancel: async () => {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

function toResponse(
  body: ReadableStream<Uint8Array>,
  { name, mediaType, requestId }: { name: string; mediaType: string; requestId: string },
): Response {
  return new Response(body, {
    headers: {
      "content-type": mediaType,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store, no-transform",
      "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "x-request-id": requestId,
    },
  });
}
