import { perPageMax, type Page } from "@/lib/core/paging";

/** What waits for a review, as many as one page holds. */
export const notReviewedFilter = { notReviewedDays: 90, perPage: perPageMax };

/** "37", or "100+" where the page was not the last. */
export function countShown({ items, nextCursor }: Page<unknown>): string {
  return nextCursor === null ? String(items.length) : `${items.length}+`;
}
