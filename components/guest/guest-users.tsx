import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/time-ago";
import type { GuestFacts } from "@/lib/vms/guest/schema";

const usersShown = 8;

/** Who is signed in inside the machine. */
export function GuestUsers({ users }: { users: NonNullable<GuestFacts["users"]> }) {
  const t = useTranslations("guest.users");
  if (users.length === 0) return <span className="text-ink-faint">{t("none")}</span>;
  return (
    <ul className="grid gap-0.5">
      {users.slice(0, usersShown).map(({ name, domain, loginAt }, index) => (
        <li key={`${index}/${name}`} className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <span className="min-w-0 truncate font-mono text-[0.92em]">
            {domain === null ? name : `${domain}\\${name}`}
          </span>
          {loginAt !== null && (
            <span className="text-xs text-ink-faint">
              {t.rich("since", { time: () => <TimeAgo at={loginAt} /> })}
            </span>
          )}
        </li>
      ))}
      {users.length > usersShown && (
        <li className="text-xs text-ink-faint">{t("more", { count: users.length - usersShown })}</li>
      )}
    </ul>
  );
}
