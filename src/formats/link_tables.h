// The CSV files of a result: who belongs to which entity, which pairs were weighed, what was
// rejected.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "link/link.h"
#include "table/table.h"

namespace clew::formats {

// source,record_id,entity_id,size: every record once, in the order of the records.
Result<void> write_entities(const std::string& path, const link::Records& records,
                            const std::vector<std::uint32_t>& entity,
                            const std::vector<std::string>& ids);

// source_a,record_a,source_b,record_b,probability,bits,decision, in the order of the edges; edges
// below kLinkProbabilityMin (formats/link_folder.h) only when they are linked. The probability has
// six digits, bits read back as the same number. Cost: about 250 ns a row.
Result<void> write_links(const std::string& path, const link::Records& records,
                         const std::vector<link::Edge>& edges);

// file,line,reason,row: always there, often only its header.
Result<void> write_rejected(const std::string& path, std::span<const table::Rejected> rejected);

}  // namespace clew::formats
