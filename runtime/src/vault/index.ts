export { type CredentialOwner, openCredentials, rewrapCredentials, sealCredentials } from './credentials.ts';
export { type KeyRing, openKeyRing } from './key-ring.ts';
export { loadOrCreateSecretKey, readSecretKey } from './secret-key.ts';
export { isKeyToken, openAll, openVault, type Vault } from './vault.ts';
