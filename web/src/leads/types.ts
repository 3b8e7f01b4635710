import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type Lead = Shapes['Lead']
export type LeadItem = Shapes['LeadItem']
export type LeadRules = Shapes['LeadRules']
export type LeadSame = Shapes['LeadSame']
export type Campaign = Shapes['Campaign']
export type CampaignLine = Shapes['CampaignLine']
export type CampaignPreview = Shapes['CampaignPreview']
export type CustomerProducts = Shapes['CustomerProducts']
export type NeedPass = Shapes['NeedPass']
export type ProductOffer = Shapes['ProductOffer']
