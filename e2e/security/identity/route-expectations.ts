import { adminRoutes } from "./expectations/admin-routes";
import { approvalRoutes } from "./expectations/approval-routes";
import type { Expectation } from "./expectations/expectation";
import { portalRoutes } from "./expectations/portal-routes";

/** Every method of every route there is: one that is missing here fails the suite. */
export const routeExpectations: Record<string, Expectation> = {
  ...adminRoutes,
  ...approvalRoutes,
  ...portalRoutes,
};
