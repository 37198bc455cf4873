export const RULES_OF_PLANS: Record<string, string[]> = {};
