import { defineRoute } from "@/app/_http/define-route";
import { AppError } from "@/lib/core/errors";

/** Whatever no other route answers. */
const nowhere = defineRoute({
  summary: "Answer an unknown path",
  access: "anyone",
  useCase: () => {
    throw new AppError("RESOURCE_NOT_FOUND", { type: "path" });
  },
});

export { nowhere as DELETE, nowhere as GET, nowhere as PATCH, nowhere as POST, nowhere as PUT };
