// Short names for the shapes that pages pass around.

import type { components } from './schema';

type Schemas = components['schemas'];

export type Session = Schemas['Session'];
export type SignIn = Schemas['SignIn'];
export type ProductSummary = Schemas['ProductSummary'];
export type Product = Schemas['ProductDetail'];
export type ProductPort = Schemas['ProductPort'];
export type Consumer = Schemas['Consumer'];
export type ContractSummary = Schemas['ContractSummary'];
export type Contract = Schemas['Contract'];
export type ContractVersion = Schemas['ContractPublication'];
export type ContractView = Schemas['ContractView'];
export type ObjectView = Schemas['ObjectView'];
export type ColumnView = Schemas['ColumnView'];
export type Comparison = Schemas['Comparison'];
export type ContractReport = Schemas['ContractReport'];
export type Finding = Schemas['Finding'];
export type Severity = Schemas['Severity'];
export type Perspective = Schemas['Perspective'];
export type Verdict = Schemas['Verdict'];
export type AccessObject = Schemas['ObjectAccess'];
export type AccessRow = Schemas['RoleAccess'];
export type AccessCell = Schemas['ColumnDecision'];
export type Access = Schemas['Access'];
export type PolicySummary = Schemas['PolicySummary'];
export type LineageGraph = Schemas['LineageGraph'];
export type LineageNode = Schemas['LineageNode'];
export type LineageEdge = Schemas['LineageEdge'];
export type Incident = Schemas['Incident'];
export type Expectation = Schemas['Expectation'];
export type AuditEntry = Schemas['AuditEntry'];
