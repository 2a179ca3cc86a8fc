/// The varieties of assets that VERIS knows, 1.3.4 and 1.4 together.
extension VerisVocabulary {
  /// Whether a word is a variety of asset, such as `S - Database`.
  static func isAsset(_ word: String) -> Bool { assets.contains(word) }

  private static let assets = Set(
    """
    E - Other
    E - Telematics
    E - Telemetry
    E - Unknown
    M - Disk drive
    M - Disk media
    M - Documents
    M - Fax
    M - Flash drive
    M - Other
    M - Payment card
    M - SIM card
    M - Smart card
    M - Tapes
    M - Unknown
    N - Access reader
    N - Broadband
    N - Camera
    N - Firewall
    N - IDS
    N - LAN
    N - NAS
    N - Other
    N - PBX
    N - PLC
    N - Private WAN
    N - Public WAN
    N - RTU
    N - Remote access
    N - Router or switch
    N - SAN
    N - Telephone
    N - Unknown
    N - VoIP adapter
    N - WLAN
    Other
    P - Auditor
    P - Call center
    P - Cashier
    P - Customer
    P - Developer
    P - End-user
    P - End-user or employee
    P - Executive
    P - Finance
    P - Former employee
    P - Guard
    P - Helpdesk
    P - Human resources
    P - Maintenance
    P - Manager
    P - Other
    P - Other employee
    P - Partner
    P - System admin
    P - Unknown
    S - Authentication
    S - Backup
    S - Code repository
    S - Configuration or patch management
    S - DCS
    S - DHCP
    S - DNS
    S - Database
    S - Directory
    S - File
    S - ICS
    S - LLM application
    S - Log
    S - Mail
    S - Mainframe
    S - Other
    S - POS controller
    S - Payment switch
    S - Print
    S - Proxy
    S - Remote access
    S - Secrets vault
    S - Unknown
    S - VM host
    S - Web application
    T - ATM
    T - Gas terminal
    T - Kiosk
    T - Other
    T - PED pad
    T - Unknown
    U - Auth token
    U - Desktop
    U - Desktop or laptop
    U - Laptop
    U - Media
    U - Mobile phone
    U - Other
    U - POS terminal
    U - Peripheral
    U - Tablet
    U - Telephone
    U - Unknown
    U - VoIP phone
    Unknown
    """.split(separator: "\n").map(String.init)
  )
}
