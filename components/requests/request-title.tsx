import type { RequestRow } from "@/lib/requests/schema";
import { useRequestTitle } from "./use-request-title";

export function RequestTitle({ request }: { request: RequestRow }) {
  return useRequestTitle()(request);
}
