import { trigger } from "../shared/trigger";
import { type PreSignUpEvent, SOURCES } from "./event";
import { linkToProfile, requireNoProvider } from "./linking";
import type { Linking } from "./linking-settings";
import { confirm, refuse } from "./rules";
import type { Settings } from "./settings";

/** The same as the handler of `index.ts`, and links people who come from identity providers. */
export const handler = trigger<PreSignUpEvent, Settings & { linking: Linking; signIn: string }>({
  sources: SOURCES,
  async guard(event, settings) {
    await refuse(event, settings);
    if (event.triggerSource === "PreSignUp_SignUp") await requireNoProvider(event, settings);
  },
  async rule(event, settings) {
    if (event.triggerSource === "PreSignUp_ExternalProvider") await linkToProfile(event, settings);
    await confirm(event, settings);
  },
});
