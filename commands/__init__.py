"""The commands of `konkyo`, by what they do; `cli` names them and parses their options."""
