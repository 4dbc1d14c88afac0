export { loadOrCreateSecretKey } from './secret-key.ts';
export { openVault, type Vault } from './vault.ts';
