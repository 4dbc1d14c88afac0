export { loadOrCreateSecretKey } from './secret-key.ts';
export { isKeyToken, openAll, openVault, type Vault } from './vault.ts';
