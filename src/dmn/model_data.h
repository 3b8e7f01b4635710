// A loaded model. Inside of dmn only.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dmn/boxed.h"
#include "dmn/model.h"

namespace guanhu::dmn {

// A name an expression of a node uses for another node.
struct Requirement {
  size_t node;
  int slot;            // of the name, or of the import's name
  std::string member;  // under the import's name; empty: the slot holds the value itself
};

struct NodeData {
  Model::Kind kind = Model::Kind::decision;
  std::string name;      // of the element
  std::string variable;  // what expressions call it
  size_t file = 0;       // index into ModelData::files
  Place place;
  const ItemType* type = nullptr;
  std::vector<size_t> information, knowledge;  // nodes required, in the order of the file
  std::vector<Requirement> requirements;       // the same, with their slots
  // Decision: the expression, in `code.body`. Knowledge: its function.
  FunctionCode code;
  // Service.
  std::vector<size_t> outputs, encapsulated, parameters;
};

struct FileData {
  std::string name, space, model_name;
  std::map<std::string, size_t> imports;  // import's name -> file
};

struct ModelData {
  std::vector<FileData> files;
  std::deque<ItemType> types;
  std::deque<NodeData> nodes;
  std::vector<Model::Node> listed;
  std::vector<base::Error> problems;
};

}  // namespace guanhu::dmn
