/** Names of regions' time without a place: "Eastern", "ET". They follow the region's clock changes. */
export const REGIONS: Record<string, string> = {
  et: 'America/New_York',
  ct: 'America/Chicago',
  mt: 'America/Denver',
  pt: 'America/Los_Angeles',
  nzt: 'Pacific/Auckland',
  aet: 'Australia/Sydney',
  hst: 'Pacific/Honolulu',
  akt: 'America/Anchorage',
};

/** Abbreviations with the offset in minutes that they say, and the zone whose people use them. */
export const ABBREVIATIONS: Record<string, { offset: number; zone: string }> = {
  utc: { offset: 0, zone: 'UTC' },
  gmt: { offset: 0, zone: 'Europe/London' },
  z: { offset: 0, zone: 'UTC' },
  zulu: { offset: 0, zone: 'UTC' },
  bst: { offset: 60, zone: 'Europe/London' },
  wet: { offset: 0, zone: 'Europe/Lisbon' },
  west: { offset: 60, zone: 'Europe/Lisbon' },
  cet: { offset: 60, zone: 'Europe/Berlin' },
  cest: { offset: 120, zone: 'Europe/Berlin' },
  eet: { offset: 120, zone: 'Europe/Athens' },
  eest: { offset: 180, zone: 'Europe/Athens' },
  msk: { offset: 180, zone: 'Europe/Moscow' },
  est: { offset: -300, zone: 'America/New_York' },
  edt: { offset: -240, zone: 'America/New_York' },
  cst: { offset: -360, zone: 'America/Chicago' },
  cdt: { offset: -300, zone: 'America/Chicago' },
  mst: { offset: -420, zone: 'America/Denver' },
  mdt: { offset: -360, zone: 'America/Denver' },
  pst: { offset: -480, zone: 'America/Los_Angeles' },
  pdt: { offset: -420, zone: 'America/Los_Angeles' },
  akst: { offset: -540, zone: 'America/Anchorage' },
  akdt: { offset: -480, zone: 'America/Anchorage' },
  ast: { offset: -240, zone: 'America/Halifax' },
  adt: { offset: -180, zone: 'America/Halifax' },
  nst: { offset: -210, zone: 'America/St_Johns' },
  ndt: { offset: -150, zone: 'America/St_Johns' },
  brt: { offset: -180, zone: 'America/Sao_Paulo' },
  ist: { offset: 330, zone: 'Asia/Kolkata' },
  pkt: { offset: 300, zone: 'Asia/Karachi' },
  gst: { offset: 240, zone: 'Asia/Dubai' },
  sgt: { offset: 480, zone: 'Asia/Singapore' },
  myt: { offset: 480, zone: 'Asia/Kuala_Lumpur' },
  hkt: { offset: 480, zone: 'Asia/Hong_Kong' },
  pht: { offset: 480, zone: 'Asia/Manila' },
  wib: { offset: 420, zone: 'Asia/Jakarta' },
  ict: { offset: 420, zone: 'Asia/Bangkok' },
  jst: { offset: 540, zone: 'Asia/Tokyo' },
  kst: { offset: 540, zone: 'Asia/Seoul' },
  awst: { offset: 480, zone: 'Australia/Perth' },
  acst: { offset: 570, zone: 'Australia/Adelaide' },
  acdt: { offset: 630, zone: 'Australia/Adelaide' },
  aest: { offset: 600, zone: 'Australia/Sydney' },
  aedt: { offset: 660, zone: 'Australia/Sydney' },
  nzst: { offset: 720, zone: 'Pacific/Auckland' },
  nzdt: { offset: 780, zone: 'Pacific/Auckland' },
  sast: { offset: 120, zone: 'Africa/Johannesburg' },
  cat: { offset: 120, zone: 'Africa/Harare' },
  eat: { offset: 180, zone: 'Africa/Nairobi' },
  wat: { offset: 60, zone: 'Africa/Lagos' },
};

/** Standard-time names that people say all year, meaning the clock on their wall. */
export const SAID_ALL_YEAR = new Set('est cst mst pst cet eet wet'.split(' '));

/** Abbreviations that mean another place where the person lives there. */
export const AT_HOME: Record<string, Record<string, { offset: number; zone: string }>> = {
  ist: {
    'Europe/Dublin': { offset: 60, zone: 'Europe/Dublin' },
    'Asia/Jerusalem': { offset: 120, zone: 'Asia/Jerusalem' },
  },
  cst: {
    'Asia/Shanghai': { offset: 480, zone: 'Asia/Shanghai' },
    'Asia/Taipei': { offset: 480, zone: 'Asia/Taipei' },
  },
  ast: { 'Asia/Riyadh': { offset: 180, zone: 'Asia/Riyadh' } },
};
