import type { EligiblePerson, Timeline } from "@/lib/requests/workflows/schema";

/** Who can say the next word, each once; administrators only where nobody else can. */
export function whoseTurn({ steps }: Pick<Timeline, "steps">): EligiblePerson[] {
  const people = steps.filter(({ status }) => status === "ACTIVE").flatMap(({ eligible }) => eligible);
  const all = [...new Map(people.map((person) => [person.id, person])).values()];
  const asked = all.filter(({ why }) => why.some(({ kind }) => kind !== "administrator"));
  return asked.length > 0 ? asked : all;
}
