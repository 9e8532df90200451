import { defineRoute } from "@/app/_http/define-route";
import { searchEverything } from "@/lib/requests/search/queries";
import { searchQuery, searchResults } from "@/lib/requests/search/schema";

export const GET = defineRoute({
  summary: "Find machines, systems, services and requests by what they are called",
  description:
    "The first five of each that the caller may see. Machines are found in the words of their list's search.",
  query: searchQuery,
  output: searchResults,
  useCase: (ctx, { query }) => searchEverything(ctx, query),
});
