import { useTranslations } from "next-intl";

const known = [
  ...["connection", "no_space", "not_receiving", "other_sender", "held_elsewhere", "already_whole"],
  ...["UNAUTHORIZED", "PERMISSION_DENIED", "RATE_LIMIT_EXCEEDED", "VIEW_ONLY"],
];

/** Why the portal took no more of a file, in words. */
export function useRefusalText(): (reason: string) => string {
  const t = useTranslations("uploads");
  return (reason) => t(`refusal.${known.includes(reason) ? reason : "unknown"}`);
}
