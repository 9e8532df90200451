import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { RadioCards } from "@/components/ui/radio-cards";
import { stateLooks } from "./effect-looks";

const ownStates = ["active", "shadow", "draft"] as const;
const draftStates = ["draft", "shadow"] as const;

/** Whether it answers from now on, watches first, or waits. */
export function StateChoice({ isDraft }: { isDraft: boolean }) {
  const t = useTranslations("policies");
  const states = isDraft ? draftStates : ownStates;
  return (
    <Card>
      <RadioCards
        name="state"
        label={t("form.state")}
        columns={1}
        defaultValue={isDraft ? "draft" : "active"}
        cards={states.map((state) => ({
          value: state,
          label: t(`state.${state}`),
          description: t(`stateText.${state}`),
          icon: <Icon name={stateLooks[state].icon} />,
        }))}
      />
    </Card>
  );
}
