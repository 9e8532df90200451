import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { LinkButton } from "@/components/ui/link-button";

/** What does not exist and what may not be seen are told in the same words. */
export function UnknownPage() {
  const t = useTranslations("denied");
  return (
    <div className="mx-auto grid w-full max-w-lg justify-items-center gap-1 px-4 py-[14vh] text-center">
      <span className="mb-2 grid size-10 place-items-center rounded-full border bg-sunken text-ink-muted">
        <Icon name="unfound" className="size-5" />
      </span>
      <h1 className="text-lg font-semibold">{t("unknown.title")}</h1>
      <p className="text-sm text-pretty text-ink-muted">{t("unknown.explanation")}</p>
      <div className="mt-3 flex flex-wrap justify-center gap-2">
        <LinkButton href="/access/request" variant="primary">
          {t("unknown.ask")}
        </LinkButton>
        <LinkButton href="/">{t("home")}</LinkButton>
      </div>
    </div>
  );
}
