import { useTranslations } from "next-intl";

/** A step that nobody named is told by its number, the only one by what it is. */
export function useStepName(): (step: { name: string; position: number }) => string {
  const t = useTranslations("workflows.step");
  return ({ name, position }) => (name === "" ? t("unnamed", { number: position + 1 }) : name);
}

interface Counted {
  mode: "any" | "all" | "quorum";
  needed: number;
}

/** How many of those who are asked have to agree. */
export function useModeText(): (step: Counted) => string {
  const t = useTranslations("workflows.mode");
  return ({ mode, needed }) => t(mode, { needed });
}
