import { Bell } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { buttonStyles } from "@/components/ui/button-styles";
import { cn } from "@/components/ui/class-names";

export function InboxBell({ href, unread }: { href: string; unread: number }) {
  const t = useTranslations("shell");
  const name = t("inbox.label", { unread });
  return (
    <Link
      href={href}
      aria-label={name}
      title={name}
      className={cn(buttonStyles({ variant: "ghost", size: "icon" }), "relative")}
    >
      <Bell aria-hidden strokeWidth={1.75} />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute top-0 right-0 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[0.625rem] leading-none font-semibold text-accent-contrast tabular-nums ring-2 ring-canvas"
        >
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </Link>
  );
}
