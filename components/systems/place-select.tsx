import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { Select } from "@/components/ui/select";

interface PlaceSelectProps {
  services: readonly { id: string; name: string }[];
  chosenId: string | undefined;
}

/** The system as a whole, or one of its services: roles can stand on either. */
export function PlaceSelect({ services, chosenId }: PlaceSelectProps) {
  const t = useTranslations("systems.members");
  if (services.length === 0) return null;
  return (
    <FilterBar keep={[]}>
      <Select
        name="service"
        aria-label={t("placeLabel")}
        defaultValue={chosenId ?? ""}
        options={[
          { value: "", label: t("place") },
          ...services.map(({ id, name }) => ({ value: id, label: t("placeService", { name }) })),
        ]}
        className="w-full sm:w-auto sm:max-w-64"
      />
    </FilterBar>
  );
}
