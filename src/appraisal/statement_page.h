// Whether the page of a statement shows what its receipts prove. A receipt stands in the page as data: whoever
// edits the figures beside it leaves it whole, so what a reader sees is held against what was hashed, line by
// line.
#pragma once
#include <string>
#include <vector>

#include "appraisal/seal.h"

namespace guanhu::appraisal {

// `html`: a statement as statement_html() writes it; `pay`: the receipts of pay that stand in it, in their order.
// Of figures, scores, total, grade, places, corrections, carried differences and pay every one must be there with
// its value, and no other; nothing may be hidden. Formulas, articles and the history of grades are under no
// receipt and are not looked at. Refused: receipt.page, with what is shown and what is proven.
base::Status check_page(const std::string& html, const Receipt& receipt, const std::vector<Receipt>& pay);

}  // namespace guanhu::appraisal
