/// Which control of NIST SP 800-53 a control correlation identifier (CCI) is a part of.
///
/// STIG checklists name their rules' parts by CCI alone. Source: the list of DISA
/// (https://public.cyber.mil/stigs/cci/), of which only what checklists of operating systems name is
/// here, to the control or its enhancement; an officer's own map names the others.
public enum ControlCorrelation {
  /// The control that an identifier such as `CCI-000366` is a part of; nil for one not known here.
  public static func control(of identifier: String) -> ControlName? {
    guard identifier.hasPrefix("CCI-") else { return nil }
    return controls[String(identifier.dropFirst(4))]
  }

  private static let controls: [String: ControlName] = {
    var controls: [String: ControlName] = [:]
    for row in table.split(separator: "\n") {
      let parts = row.split(separator: ":")
      guard parts.count == 2, let control = ControlName(reading: String(parts[0])) else {
        preconditionFailure("every row of the table is a control and its identifiers")
      }
      for number in parts[1].split(separator: " ") { controls[String(number)] = control }
    }
    return controls
  }()

  private static let table = """
    AC-2 (1): 000015
    AC-2 (2): 000016 001682
    AC-2 (4): 000018 001403 001404 001405 002130
    AC-3: 000213
    AC-3 (4): 002165
    AC-6 (5): 002227
    AC-6 (8): 002233
    AC-6 (9): 002234
    AC-6 (10): 002235
    AC-7: 000044 002238
    AC-8: 000048 000050
    AC-9: 000052
    AC-10: 000054
    AC-11: 000056 000057 000058
    AC-11 (1): 000060
    AC-12: 002361
    AC-17 (1): 000067 002314
    AC-17 (2): 000068 001453
    AC-17 (9): 002322
    AC-18 (1): 001443 001444
    AU-3: 000130 000131 000132 000133 000134 001487
    AU-3 (1): 000135
    AU-4: 001849
    AU-4 (1): 001851
    AU-5: 000139 000140
    AU-5 (1): 001855
    AU-8: 001890
    AU-8 (1): 001891 002046
    AU-9: 000162 000163 000164 001493 001494 001495
    AU-9 (3): 001496
    AU-12: 000169 000171 000172
    CM-3 (5): 001744
    CM-5 (1): 001814
    CM-5 (3): 001749
    CM-5 (6): 001499
    CM-6: 000366
    CM-7: 000381 000382
    CM-7 (2): 001764
    CM-7 (5): 001774
    IA-2: 000764
    IA-2 (1): 000765
    IA-2 (2): 000766
    IA-2 (3): 000767
    IA-2 (4): 000768
    IA-2 (5): 000770
    IA-2 (8): 001941
    IA-2 (9): 001942
    IA-2 (11): 001948
    IA-2 (12): 001953 001954
    IA-3: 000778 001958
    IA-4: 000795
    IA-5 (1): 000192 000193 000194 000195 000196 000197 000198 000199 000200 000205 001619 002041
    IA-5 (2): 000185 000186 000187
    IA-5 (13): 002007
    IA-7: 000803
    IA-11: 002038
    MA-4 (1): 002884
    MA-4 (6): 003123
    SA-7: 000663
    SC-2: 001082
    SC-3: 001084
    SC-4: 001090
    SC-5: 002385
    SC-5 (2): 001095
    SC-8: 002418
    SC-8 (1): 002421
    SC-8 (2): 002420 002422
    SC-10: 001133
    SC-13: 002450
    SC-23 (5): 002470
    SC-24: 001665
    SC-28: 001199
    SC-28 (1): 002475 002476
    SC-39: 002530
    SI-2: 001230 002605
    SI-2 (2): 001233
    SI-2 (6): 002617
    SI-3: 001668
    SI-4 (5): 001263
    SI-6: 002696 002699
    SI-10: 001310
    SI-11: 001312 001314
    SI-16: 002824
    """
}
