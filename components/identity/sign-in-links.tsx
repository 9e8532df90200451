import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button-styles";
import { cn } from "@/components/ui/class-names";
import type { SignInWay } from "@/lib/identity/providers/sign-in/schema";

type SignInLinksProps = { ways: readonly SignInWay[]; returnTo: string };

/** Plain links that lead away, so that they work without scripts and nothing is fetched before it is wanted. */
export function SignInLinks({ ways, returnTo }: SignInLinksProps) {
  const t = useTranslations("identity.signIn");
  if (ways.length === 0) return null;
  return (
    <>
      <p className="flex items-center gap-3 text-xs text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t("or")}
      </p>
      <ul className="grid gap-2">
        {ways.map((way) => (
          <li key={way.id}>
            <a
              href={returnTo === "/" ? way.href : `${way.href}?return_to=${encodeURIComponent(returnTo)}`}
              className={cn(buttonStyles({ size: "lg" }), "w-full min-w-0")}
            >
              <span className="truncate">{t("continueWith", { name: way.displayName })}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
