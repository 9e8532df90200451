import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { TextLink } from "@/components/ui/text-link";
import type { SearchProblem } from "@/lib/vms/list/language/schema";
import { listHref, type Address } from "./list-address";

type SearchProblemsProps = { q: string; problems: readonly SearchProblem[]; address: Address };

/** What of the search was left out because it was not understood, and what was probably meant. */
export function SearchProblems({ q, problems, address }: SearchProblemsProps) {
  const t = useTranslations("vmlist");
  if (problems.length === 0) return null;
  return (
    <Callout tone="warning" role="alert" title={t("problem.title")}>
      <ul className="grid gap-1">
        {problems.map((problem) => (
          <li key={problem.at}>
            {t(`problem.${problem.code}`, { text: problem.text, at: problem.at + 1 })}
            {problem.suggestion !== null && (
              <>
                {" "}
                <TextLink href={listHref(address, { q: mended(q, problem) })}>
                  {t("problem.meant", { text: problem.suggestion })}
                </TextLink>
              </>
            )}
          </li>
        ))}
      </ul>
    </Callout>
  );
}

function mended(q: string, { at, length, suggestion }: SearchProblem): string {
  return q.slice(0, at) + (suggestion ?? "") + q.slice(at + length);
}
