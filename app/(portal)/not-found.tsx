import { UnknownPage } from "@/components/denied/unknown-page";

export default function NotFound() {
  return <UnknownPage />;
}
