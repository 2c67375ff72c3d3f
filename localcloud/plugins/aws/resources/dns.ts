export const dnsTypes = {};
