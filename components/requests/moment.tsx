import type { ReactNode } from "react";
import { TimeAgo } from "@/components/ui/time-ago";

/** For sentences of messages: `<time></time>` becomes the moment. */
export function momentTag(at: Date | string | null) {
  return function moment(): ReactNode {
    return at === null ? null : <TimeAgo at={at} />;
  };
}
