"use client";

import { QueryClient, QueryClientProvider, type QueryKey } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { onReadAgain } from "./live/readings";

/**
 * Only for what is fetched when it is opened, since most pages are read without it. Query keys begin with the kinds
 * of things they read ("vm", "ticket"), so that news reach them.
 */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient);

  useEffect(
    () =>
      onReadAgain((kinds) => {
        void client.invalidateQueries({
          predicate: ({ queryKey }) => kinds.has("*") || kindsOf(queryKey).some((kind) => kinds.has(kind)),
        });
      }),
    [client],
  );

  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function makeClient() {
  return new QueryClient({
    // Without a network a question fails like any other instead of waiting without a word.
    defaultOptions: { queries: { staleTime: 30_000, retry: 1, networkMode: "always" } },
  });
}

function kindsOf(queryKey: QueryKey): readonly string[] {
  const [kinds] = queryKey;
  return Array.isArray(kinds) ? kinds.map(String) : [];
}
