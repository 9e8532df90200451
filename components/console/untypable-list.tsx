import { useTranslations } from "next-intl";
import type { Untypable } from "./paste-plan";

const shownMax = 20;

/** Which characters no key types, with where they stand. */
export function UntypableList({ untypable }: { untypable: readonly Untypable[] }) {
  const t = useTranslations("console.paste");
  const more = untypable.length - shownMax;
  return (
    <ul className="grid gap-0.5">
      {untypable.slice(0, shownMax).map(({ character, name, count, places }) => (
        <li key={character}>
          <code className="font-mono text-ink">{isVisible(character) ? `${character} ${name}` : name}</code>{" "}
          {t("where", {
            count,
            places: places.map(({ line, column }) => `${line}:${column}`).join(", "),
            more: String(count > places.length),
          })}
        </li>
      ))}
      {more > 0 && <li>{t("more", { count: more })}</li>}
    </ul>
  );
}

/** Control characters and marks without a body would leave a hole. */
function isVisible(character: string): boolean {
  return !/[\p{C}\p{Z}\p{M}]/u.test(character);
}
