// The seal of a run: every holder's statement as one canonical text, its hash a leaf of a Merkle tree, the root of
// the tree in the sealed record and in the audit chain. A receipt carries one leaf and its path: it proves that
// this statement is part of the sealed run and shows nothing of anyone else's, since every text ends with a salt.
//
// Hashing is that of RFC 6962 (Certificate Transparency): leaf = SHA-256(0x00 ‖ text), node = SHA-256(0x01 ‖ left
// ‖ right), over the largest power of two below n on the left.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "appraisal/runs.h"
#include "base/error.h"
#include "base/json.h"

namespace guanhu::appraisal {

std::string leaf_hash(const std::string& text);                            // 64 hexadecimal digits
std::string node_hash(const std::string& left, const std::string& right);  // of two hashes in hexadecimal
std::string merkle_root(const std::vector<std::string>& leaves);           // at least one

// The way from a leaf to the root, nearest first: the other side's hash, and on which side it stands.
struct PathStep {
  bool left = false;
  std::string hash;
};
std::vector<PathStep> merkle_path(const std::vector<std::string>& leaves, size_t index);
std::string follow(std::string leaf, const std::vector<PathStep>& path);

// What the text of a statement is made of, beside the holder's result as it is kept.
struct StatementData {
  int64_t run = 0;
  std::string scheme, period, known_at, pack_hash, engine, run_hash;
  base::Json result;  // as kept: {"id", "figures", "scores", "total", ...}
  base::Json corrections = base::JsonArray{}, carried = base::JsonArray{};  // empty ones leave no line
  std::string salt;                                                         // 32 hexadecimal digits
};
// Line by line "path\tvalue" in the order of the members; a line break or tab inside a value is written as a
// blank. The same data give the same text.
std::string statement_text(const StatementData& data);

struct Leaf {
  std::string holder, salt, text, hash;
};
struct Sealing {
  std::vector<Leaf> leaves;  // by holder
  std::string root;
};
Sealing sealing_of(std::vector<std::pair<std::string, StatementData>> statements);

// 16 bytes of the system's random source in hexadecimal.
std::string random_salt();

struct Receipt {
  int64_t run = 0;
  std::string scheme, period, holder, sealed_at, text, leaf, root;
  size_t index = 0, of = 0;
  std::vector<PathStep> path;
};
base::Json to_json(const Receipt& receipt);
// From the JSON itself or from a statement that has it inside. Refused: receipt.none, receipt.json, receipt.shape.
base::Result<Receipt> read_receipt(const std::string& file);
// What does not hold in it; nothing: text, leaf, path and root belong together. Codes: receipt.leaf, receipt.root.
base::Status check_receipt(const Receipt& receipt);

}  // namespace guanhu::appraisal
